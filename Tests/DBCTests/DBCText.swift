import DBC
