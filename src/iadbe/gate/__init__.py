"""What is not a result: rules that mark a finished cell as degenerate, each with its reason.

A rule sees the cell's run record and its metric values, nothing else, so the gate is judged anew
whenever the report is made and no cell is run again for it. `docs/gate.md` lists the rules.
"""
