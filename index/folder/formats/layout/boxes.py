"""Parts of a page, as pdfium gives them and as they are shown."""

from typing import NamedTuple

Corners = tuple[float, float, float, float]
"""Left, bottom, right and top of a part of a PDF's page, in points from its lower left corner."""


class Box(NamedTuple):
    """A part of a page as it is shown, in points; `top` and `bottom` grow downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a point is in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def with_(self, other: "Box") -> "Box":
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def around(one: Corners, other: Corners) -> Corners:
    """Return the corners of the smallest part around two others."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def shown(corners: Corners, turn: int) -> Box:
    """Return where a part is once the page was turned clockwise, by 90 degrees so many times."""
    left, bottom, right, top = corners
    match turn % 4:
        case 0:
            return Box(left, -top, right, -bottom)
        case 1:
            return Box(bottom, left, top, right)
        case 2:
            return Box(-right, bottom, -left, top)
        case _:
            return Box(-top, -right, -bottom, -left)
