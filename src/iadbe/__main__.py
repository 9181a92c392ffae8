"""`python -m iadbe` takes the options of `kedro run`."""

from iadbe.cli.main import run_main

main = run_main

if __name__ == "__main__":
    main()
