"""How a class is divided into the teams that go round the stations. Pure."""


def divide(pupils: int, wheelchairs: int, team_size: int) -> list[tuple[int, int]]:
    """Teams of nearly the same size, the larger first, as (pupils, wheelchairs among them).

    As few teams as ``team_size`` allows; wheelchairs are spread so that no team has two more than another. Raises
    ValueError for a class of nobody, a team of nobody, or more wheelchairs than pupils.
    """
    if pupils < 1 or team_size < 1 or not 0 <= wheelchairs <= pupils:
        raise ValueError(f"{pupils} pupils, {wheelchairs} wheelchairs, teams of {team_size}")
    teams = -(-pupils // team_size)
    return list(zip(spread(pupils, teams), spread(wheelchairs, teams), strict=True))


def spread(number: int, parts: int) -> list[int]:
    """``number`` in ``parts`` that differ by one at most, the greater first."""
    each, over = divmod(number, parts)
    return [each + (index < over) for index in range(parts)]
