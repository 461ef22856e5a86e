"""What the doors show: joined rows as frozen dataclasses, for reading only."""
