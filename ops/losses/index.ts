// Written by scripts/catalogue.mjs: do not edit.
