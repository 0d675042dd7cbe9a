"""Telegram's channel.

    getUpdates ─┐                                       ┌─► outbox ─► Sender ─► Telegram
                ├─► inbox (raw JSON) ─► Worker ─► turn ─┤   (its limits, retries by kind of error)
    webhook ────┘   by update_id        a chat at a     └─► buttons, kept under short keys
                    kept before         time, in order
                    Telegram is told

An update is done with and its answers are in the outbox in one transaction, so whatever is killed
at whatever moment, each is answered, and once.
"""
