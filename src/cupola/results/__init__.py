"""The Run: what a simulation leaves, saved as a folder with a manifest and Parquet tables, and opened again."""

from cupola.results.csv_export import to_csv
from cupola.results.manifest import Manifest, describe
from cupola.results.outlook_file import SavedOutlook, read_outlook
from cupola.results.run import Run, RunTables, open_run, save
from cupola.results.versions import file_hash, versions

__all__ = [
    "Manifest",
    "Run",
    "RunTables",
    "SavedOutlook",
    "describe",
    "file_hash",
    "open_run",
    "read_outlook",
    "save",
    "to_csv",
    "versions",
]
