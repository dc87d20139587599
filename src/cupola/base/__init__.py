"""What every room may use: errors, quantities, dates, constants, table specifications."""
