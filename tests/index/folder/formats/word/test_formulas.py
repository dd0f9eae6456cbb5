"""A formula is read as it would be written in a line, with its numbers apart."""

import pytest

from tests.index.folder.formats.word.documents import deleted, formula, number, paragraph, text_of


def structure(name: str, properties: str = "", **parts: str) -> str:
    """Return a structure of a formula with its parts."""
    inner = "".join(f"<m:{part}>{markup}</m:{part}>" for part, markup in parts.items())
    return f"<m:{name}><m:{name}Pr>{properties}</m:{name}Pr>{inner}</m:{name}>"


ONE, TWO, X, N = map(number, ("1", "2", "x", "n"))
SUM = ONE + number("+") + TWO


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (number("F = 12"), "F = 12"),
        (number("1") + number("2"), "12"),
        (structure("f", num=ONE, den=TWO), "1/2"),
        (structure("f", num=SUM, den=X), "(1+2)/x"),
        (ONE + structure("f", num=ONE, den=TWO), "1 1/2"),
        (structure("f", num=ONE, den=TWO) + TWO, "1/2 2"),
        (structure("sSup", e=number("10"), sup=number("6")), "10⁶"),
        (structure("sSup", e=number("10"), sup=number("\u22129")), "10⁻⁹"),
        (structure("sSup", e=SUM, sup=TWO), "(1+2)²"),
        (structure("sSup", e=X, sup=structure("f", num=ONE, den=TWO)), "x^(1/2)"),
        (structure("sSub", e=X, sub=number("max")), "xₘₐₓ"),
        (structure("sSubSup", e=X, sub=ONE, sup=TWO), "x₁²"),
        (structure("sPre", sub=ONE, sup=TWO, e=X), "₁²x"),
        (structure("rad", '<m:degHide m:val="1"/>', deg="", e=SUM), "√(1+2)"),
        (structure("rad", deg=number("3"), e=X), "∛x"),
        (structure("rad", deg=N, e=X), "ⁿ√x"),
        (structure("nary", '<m:chr m:val="∑"/>', sub=ONE, sup=N, e=X), "∑₁ⁿ x"),
        (structure("nary", sub="", sup="", e=X), "∫ x"),
        (structure("d", e=SUM), "(1+2)"),
        (structure("d", '<m:begChr m:val="|"/><m:endChr m:val="|"/>', e=X), "|x|"),
        (structure("func", fName=number("sin"), e=X), "sin x"),
        (structure("acc", e=X), "x\u0302"),
        (structure("bar", '<m:pos m:val="top"/>', e=X), "x\u0305"),
        (structure("limLow", e=number("lim"), lim=number("x→0")), "lim_(x→0)"),
        (structure("d", e=f"<m:m><m:mr><m:e>{ONE}</m:e><m:e>{TWO}</m:e></m:mr></m:m>"), "(1, 2)"),
        (structure("eqArr", e=SUM), "1+2"),
        (structure("phant", '<m:show m:val="0"/>', e=ONE) + TWO, "2"),
        (deleted("9") + TWO, "2"),
        (f'<w:del w:id="1" w:author="a">{ONE}</w:del>' + TWO, "2"),
        (structure("f", "<m:ctrlPr><w:rPr><w:del/></w:rPr></m:ctrlPr>", num=ONE, den=X) + TWO, "2"),
        (structure("unheard", e=X), "x"),
    ],
)
def test_formulas_are_written_in_a_line(markup: str, written: str) -> None:
    assert text_of(paragraph("= ", formula(markup), " kN")) == f"= {written} kN"


def test_a_formula_in_a_paragraph_of_its_own_is_read() -> None:
    assert text_of(paragraph(f"<m:oMathPara>{formula(X)}</m:oMathPara>")) == "x"
