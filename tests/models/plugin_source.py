"""The source of a plugin that has the form of one, and does nothing."""

PLUGIN = """
from pydantic import BaseModel, ConfigDict

class Model:
    api_version = {api_version}
    supervision = "unsupervised"
    localizes = False
    class Params(BaseModel):
        model_config = ConfigDict(extra="forbid")
    def __init__(self, params, device): ...
    def fit(self, samples, seed): ...
    def predict(self, samples): ...
    def save(self, folder): ...
    @classmethod
    def load(cls, folder, device): ...
"""
