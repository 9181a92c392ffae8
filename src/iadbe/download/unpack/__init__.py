"""Archives of strangers, unpacked so that nothing gets outside and nothing explodes."""

from iadbe.download.unpack.archive import unpack

__all__ = ["unpack"]
