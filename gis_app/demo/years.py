"""The same day of other years."""

from datetime import date


def same_day(day: date, years: int) -> date:
    """The day some years after (before: negative); 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
