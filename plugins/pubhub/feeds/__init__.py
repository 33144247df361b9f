"""Feeds, calendars and open data: how others follow the hub."""
