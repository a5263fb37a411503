"""A report as other programs take it: workbook, JSON, header data for the exchange of documents."""
