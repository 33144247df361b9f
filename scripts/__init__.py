"""The commands of the hub. hub.py is the door; what runs before installation needs the standard library only."""
