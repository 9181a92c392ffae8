"""Our few Kedro datasets, named in the catalog as `iadbe.datasets.<module>.<Class>`."""
