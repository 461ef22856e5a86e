"""What the API takes (…In, …Patch) and gives (…Out): one file per resource."""
