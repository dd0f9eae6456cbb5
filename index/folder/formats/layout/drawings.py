"""What is drawn on a PDF's page besides text: lines around tables, grounds, pictures."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from index.folder.formats.layout.boxes import Corners

Matrix = tuple[float, float, float, float, float, float]

_THIN = 3.0  # points: what is no thicker is a line
_LONG = 6.0  # points: what is shorter is a dash or a tick
_DOT = 1.5, 8.0  # points: a bullet's width and height
_DOTS = 500  # of a page, at most
_STRAIGHT = 0.5  # points that a line's ends may differ
_OBJECTS = 30_000  # of a page, at most: a drawing of more bounds no table
_SEGMENTS = 2_000  # of one of them, at most
_DEPTH = 5  # of drawings within drawings
_SCAN = 0.4  # of the page: a picture of it is no smaller
_PALE = 200  # of 255 in some colour: a darker ground shows what is white


@dataclass(frozen=True, slots=True)
class Drawings:
    """What is drawn on a page."""

    rules: tuple[Corners, ...]  # horizontal and vertical lines
    dots: tuple[Corners, ...]  # small and as high as wide
    dark: tuple[Corners, ...]  # grounds on which white can be read
    is_any: bool  # something is drawn
    is_scan: bool  # a picture covers much of the page

    def is_dark(self, x: float, y: float) -> bool:
        """Whether white can be read at a point."""
        return any(
            left <= x <= right and bottom <= y <= top for left, bottom, right, top in self.dark
        )


def drawings(page: Any) -> Drawings:
    """Return what is drawn on pdfium's page."""
    rules: list[Corners] = []
    dots: list[Corners] = []
    dark: list[Corners] = []
    largest, is_any = 0.0, False
    for thing, kind, matrix in _things(page.raw):
        bounds = _bounds(thing, matrix)
        is_any = True
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            dark.append(bounds)
            largest = max(largest, (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _is_dot(bounds):
            if len(dots) < _DOTS:
                dots.append(bounds)
        elif _is_thin(bounds):
            rules.append(bounds)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            is_filled, is_drawn = _drawn(thing)
            if is_filled and _is_dark(thing):
                dark.append(bounds)
            rules += _lines(thing, matrix, is_drawn)
        else:
            dark.append(bounds)  # a shading
    width, height = page.get_size()
    is_scan = largest >= _SCAN * width * height
    long = (rule for rule in rules if max(rule[2] - rule[0], rule[3] - rule[1]) >= _LONG)
    return Drawings(tuple(long), tuple(dots), tuple(dark), is_any, is_scan)


def _things(page: Any) -> Iterator[tuple[Any, int, Matrix | None]]:
    """Yield all that is drawn but text, its kind, and how it is moved."""
    left = _OBJECTS

    def walk(count: int, get: Any, holder: Any, matrix: Matrix | None, depth: int) -> Any:
        nonlocal left
        for i in range(min(count, left)):
            left -= 1
            thing = get(holder, i)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
                inner = pdfium.FPDFFormObj_CountObjects(thing)
                moved = _product(_matrix(thing), matrix)
                yield from walk(inner, pdfium.FPDFFormObj_GetObject, thing, moved, depth + 1)
            elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
                yield thing, kind, matrix

    yield from walk(pdfium.FPDFPage_CountObjects(page), pdfium.FPDFPage_GetObject, page, None, 0)


def _lines(path: Any, matrix: Matrix | None, is_drawn: bool) -> Iterator[Corners]:
    """Yield the horizontal and vertical lines of a path of several."""
    count = pdfium.FPDFPath_CountSegments(path)
    if count > _SEGMENTS:
        return
    for points in _strokes(path, count, _product(_matrix(path), matrix)):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        bounds = min(xs), min(ys), max(xs), max(ys)
        if _is_thin(bounds):
            yield bounds
        elif is_drawn:
            for (x, y), (other_x, other_y) in pairwise(points):
                if min(abs(x - other_x), abs(y - other_y)) <= _STRAIGHT:
                    yield min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _strokes(path: Any, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the points of each part of a path that is drawn without lifting the pen."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    a, b, c, d, e, f = matrix
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = a * x.value + c * y.value + e, b * x.value + d * y.value + f
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _drawn(path: Any) -> tuple[bool, bool]:
    """Return whether a path is filled, and whether its outline is drawn."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(fill.value), bool(stroke.value)


def _is_dark(path: Any) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *colour):
        return True
    *shades, opacity = (part.value for part in colour)
    return opacity > 0 and min(shades) < _PALE


def _is_dot(bounds: Corners) -> bool:
    width, height = bounds[2] - bounds[0], bounds[3] - bounds[1]
    return (
        _DOT[0] <= min(width, height)
        and max(width, height) <= _DOT[1]
        and abs(width - height) <= max(width, height) / 4
    )


def _is_thin(bounds: Corners) -> bool:
    return min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= _THIN


def _bounds(thing: Any, matrix: Matrix | None) -> Corners:
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *sides)
    left, bottom, right, top = (side.value for side in sides)
    if matrix is None:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(thing: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, matrix):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: Matrix, outer: Matrix | None) -> Matrix:
    """Return the matrix that moves by `inner` and then by `outer`."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
