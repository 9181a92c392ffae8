# docker build -t iadbe .
# docker build -t iadbe:cuda --build-arg TORCH_INDEX=https://download.pytorch.org/whl/cu128 .
# docker run --rm -v "$PWD/data:/home/iadbe/data" iadbe run   (--gpus all for the CUDA image)
# The user in the image has id 1000, and must be able to write to the mounted folder.
FROM python:3.11-slim

ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu

# OpenCV, which anomalib and ultralytics import, needs these two at run time.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgl1 libglib2.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 iadbe

WORKDIR /opt/iadbe
COPY constraints.txt ./
# 2.x+cpu sorts after PyPI's 2.x of the same version: torch comes from the first index, what it
# needs from either.
RUN pip install --no-cache-dir -c constraints.txt torch torchvision \
    --index-url ${TORCH_INDEX} --extra-index-url https://pypi.org/simple
COPY . .
RUN pip install --no-cache-dir -c constraints.txt ".[anomalib,yolo]"

USER iadbe
WORKDIR /home/iadbe
# A volume takes over the owner of the folder that is there.
RUN mkdir data
ENV DO_NOT_TRACK=1 PYTHONUNBUFFERED=1
VOLUME /home/iadbe/data
ENTRYPOINT ["iadbe"]
CMD ["run"]
