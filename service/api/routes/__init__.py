"""One file per resource. A route decodes, calls and answers; what is decided, elsewhere."""
