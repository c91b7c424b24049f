"""A linear program, and a bound that its prices prove whatever the rounding of numbers. Pure.

The solver works in floating point and to a tolerance. So its objective is not taken at its word: any prices that are
not below zero bound the program (weak duality), and that bound is added up here.
"""

from dataclasses import dataclass, field

from ortools.linear_solver.python import model_builder

ROUNDING = 1e-6
"""Far more than the sums here can lose, in parts of the value."""

TOLERANCE = 1e-2

Terms = list[tuple[int, float]]


@dataclass
class Program:
    """Maximizes ``gains`` over variables from 0 to ``most``, with rows of terms that sum to a limit at most."""

    gains: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    rows: list[Terms] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)

    def variable(self, gain: float = 0.0, most: float = 1.0) -> int:
        self.gains.append(gain)
        self.most.append(most)
        return len(self.gains) - 1

    def at_most(self, terms: Terms, limit: float) -> int | None:
        """Adds the row unless it can never matter; its number."""
        if sum(max(0.0, factor * self.most[one]) for one, factor in terms) <= limit:
            return None
        self.rows.append(terms)
        self.limits.append(limit)
        return len(self.rows) - 1

    def at_least(self, terms: Terms, limit: float) -> int | None:
        return self.at_most([(one, -factor) for one, factor in terms], -limit)

    def solve(self, seconds: float, kind: str = "glop") -> "Priced | None":
        """The best values found and what is proven; ``None`` without any prices. Stops after so many seconds."""
        model = self._model(set())
        solver = model_builder.Solver(kind)
        solver.set_time_limit_in_seconds(max(0.05, seconds))
        status = solver.solve(model)
        if status != model_builder.SolveStatus.OPTIMAL:
            return None
        prices = [max(0.0, float(price)) for price in solver.dual_values(model.get_linear_constraints())]
        values = [float(value) for value in solver.values(model.get_variables())]
        return Priced(self.bound(prices), values, prices)

    def whole_bound(self, whole: set[int], seconds: float) -> float | None:
        """No values give more, those variables being whole numbers. Here the solver is trusted, to its tolerance."""
        solver = model_builder.Solver("scip")
        if not solver.solver_is_supported():
            return None
        solver.set_time_limit_in_seconds(max(0.05, seconds))
        status = solver.solve(self._model(whole))
        if status not in (model_builder.SolveStatus.OPTIMAL, model_builder.SolveStatus.FEASIBLE):
            return None
        return float(solver.best_objective_bound) * (1 + ROUNDING) + TOLERANCE

    def _model(self, whole: set[int]) -> model_builder.Model:
        model, sums = model_builder.Model(), model_builder.LinearExpr
        ones = [
            model.new_int_var(0, most, None) if one in whole else model.new_num_var(0.0, most, None)
            for one, most in enumerate(self.most)
        ]
        for terms, limit in zip(self.rows, self.limits, strict=True):
            model.add_linear_constraint(
                sums.weighted_sum([ones[one] for one, _ in terms], [factor for _, factor in terms]), ub=limit
            )
        model.maximize(sums.weighted_sum(ones, self.gains))
        return model

    def bound(self, prices: list[float]) -> float:
        """No values give more than this, whatever the prices: each row sold at its price, and what is then gained."""
        left = list(self.gains)
        total = 0.0
        size = 0.0
        for terms, limit, price in zip(self.rows, self.limits, prices, strict=True):
            if price:
                total += price * limit
                size += abs(price * limit)
                for one, factor in terms:
                    left[one] -= price * factor
        for gain, most in zip(left, self.most, strict=True):
            if gain > 0:
                total += gain * most
                size += gain * most
        return total + ROUNDING * max(1.0, size)


@dataclass(frozen=True, slots=True)
class Priced:
    """What a program came to: no more than ``bound``, the values found, and a price for each row."""

    bound: float
    values: list[float]
    prices: list[float]
