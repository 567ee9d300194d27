"""Documents that people keep. Each kind lays its facts on a sheet; a sheet is drawn as HTML or as PDF."""
