"""What arrives on paper and in workbooks: is it there, in the user's words?"""

import io

import openpyxl
import pypdf


def check_pdf(path, wanted):
    """A PDF arrives, with these words, in the user's language."""
    reader = pypdf.PdfReader(path)
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert [words for words in wanted if words not in text] == []


def check_workbook(path, wanted):
    """A workbook arrives that has these cells."""
    sheets = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True)
    cells = {cell for sheet in sheets for row in sheet.values for cell in row}
    assert set(wanted) <= cells
