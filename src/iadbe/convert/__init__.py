"""Convert labelled images between YOLO, folders with masks, and COCO.

A reader gives `Pictures`, a writer takes them: `read_<format>.py`, `write_<format>.py`.
"""
