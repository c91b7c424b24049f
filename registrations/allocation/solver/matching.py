"""The best exchange of all seats of two rounds at once: an assignment problem, solved exactly. Pure.

Whoever has a visit in one of the two rounds keeps as many there, but perhaps at another station and in the other
round; everything else stays. What was is among what can be, so it never gets worse.
"""

from ortools.graph.python import min_cost_flow

from registrations.allocation.solver.seating import Seating, Spot

FINE = 32
"""Ties are settled by chance: so many parts of a point."""


class Matching:
    """One wave's two rounds: visits to seat, and seats for them."""

    def __init__(self, seating: Seating, wave: int, rounds: tuple[int, int], need: list[int], price: int) -> None:
        self.seating, self.wave, self.rounds = seating, wave, rounds
        self.need, self.price = need, price
        self.visits: list[tuple[int, Spot]] = []
        self.seats: list[tuple[Spot, int]] = []
        self.at: dict[tuple[int, int], list[int]] = {}
        self._seats()

    def _seats(self) -> None:
        """Each station's room in the two rounds, cut in seats by chance around who sits there."""
        seating, chance = self.seating, self.seating.random.random
        smallest = min(seating.size, default=1)
        for at in self.rounds:
            for to, spots in enumerate(seating.spots[self.wave]):
                spot = (at, at, to)
                if seating.length[to] != 1 or spot not in spots:
                    continue
                there = seating.seated[self.wave][to][at]
                room = seating.free[self.wave][to][at]
                rooms = [seating.size[team] for team in there]
                self.visits.extend((team, spot) for team in there)
                if rooms and chance() < 0.5:
                    rooms[int(chance() * len(rooms))] += room
                elif room >= smallest:
                    half = room - smallest if chance() < 0.5 else room // 2
                    rooms.extend([room] if half < smallest or chance() < 0.5 else [half, room - half])
                for size in rooms:
                    self.at.setdefault((to, at), []).append(len(self.seats))
                    self.seats.append((spot, size))

    def _options(self, team: int, spot: Spot) -> list[tuple[int, int]]:
        """Seats for the visit, and what each is worth."""
        seating, chance = self.seating, self.seating.random.random
        zone, pause = seating.zone, seating.pause
        day, size, points = seating.days[team], seating.size[team], seating.points[team]
        two = [other for other in day if other[0] == other[1] and other[0] in self.rounds]
        rest = [other for other in day if other != spot]
        had = {other[2] for other in rest}
        rounds = self.rounds if len(two) == 1 else (spot[0],)
        partner = next((other for other in two if other != spot), None)
        base = seating.got[team] - points.get(spot[2], 0)
        need = self.need[team]
        if partner is not None:
            base_need = max(0, need - base)
        found: list[tuple[int, int]] = []
        wished = [to for to in seating.wished[team] if to not in had]
        if spot[2] not in points:
            wished.append(spot[2])
        for to in wished:
            value = points.get(to, 0)
            worth = size * value - self.price * (
                max(0, need - base - value) if partner is None else max(0, base_need - value)
            )
            for at in rounds:
                seats = self.at.get((to, at))
                if not seats:
                    continue
                for first, last, other in rest:
                    if at > last:
                        if at - last <= pause[zone[other]][zone[to]]:
                            break
                    elif at < first:
                        if first - at <= pause[zone[to]][zone[other]]:
                            break
                    else:
                        break
                else:
                    gain = FINE * worth + int(chance() * FINE)
                    found.extend((seat, gain) for seat in seats if self.seats[seat][1] >= size)
        return found

    def improve(self) -> int:
        """Exchanges seats for the better; the gain in points less the price of what is lacking."""
        if len(self.visits) < 2:
            return 0
        tails: list[int] = []
        heads: list[int] = []
        costs: list[int] = []
        first = len(self.visits)
        for number, (team, spot) in enumerate(self.visits):
            for seat, gain in self._options(team, spot):
                tails.append(number)
                heads.append(first + seat)
                costs.append(-gain)
        used = sorted(set(heads))
        flow = min_cost_flow.SimpleMinCostFlow()
        arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, [1] * len(tails), costs)
        end = first + len(self.seats)
        flow.add_arcs_with_capacity_and_unit_cost(used, [end] * len(used), [1] * len(used), [0] * len(used))
        flow.set_nodes_supplies([*range(first), end], [*([1] * first), -first])
        if flow.solve() != flow.OPTIMAL:
            return 0
        chosen = flow.flows(arcs)
        new: dict[int, list[tuple[Spot, Spot]]] = {}
        for at, one in enumerate(chosen):
            if one:
                team, old = self.visits[tails[at]]
                spot = self.seats[heads[at] - first][0]
                if spot != old:
                    new.setdefault(team, []).append((old, spot))
        return self._move(new) if new else 0

    def _move(self, new: dict[int, list[tuple[Spot, Spot]]]) -> int:
        """Seats everybody anew unless two new visits of a team stand in each other's way."""
        seating = self.seating
        days = {}
        for team, changes in new.items():
            day = [spot for spot in seating.days[team] if all(spot != old for old, _ in changes)]
            for _, spot in changes:
                if not seating.fits(spot, day) or any(spot[2] == other[2] for other in day):
                    return 0
                day.append(spot)
            days[team] = day
        before = sum(self._worth(team) for team in days)
        old_days = {team: seating.take_off(team) for team in days}
        for team, day in days.items():
            seating.seat(team, day)
        gain = sum(self._worth(team) for team in days) - before
        if gain < 0:
            for team in days:
                seating.take_off(team)
            for team, day in old_days.items():
                seating.seat(team, day)
            return 0
        return gain

    def _worth(self, team: int) -> int:
        got = self.seating.got[team]
        return self.seating.size[team] * got - self.price * max(0, self.need[team] - got)
