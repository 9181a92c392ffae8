# docker build -t iadbe .
# docker build -t iadbe:cuda --build-arg TORCH_INDEX=https://download.pytorch.org/whl/cu128 .
# docker run --rm -v "$PWD/data:/home/iadbe/data" iadbe run
FROM python:3.11-slim

ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu

# OpenCV, which anomalib and ultralytics import, needs these two at run time.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgl1 libglib2.0-0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 1000 iadbe

WORKDIR /opt/iadbe
COPY constraints.txt ./
RUN pip install --no-cache-dir -c constraints.txt --index-url ${TORCH_INDEX} torch torchvision
COPY . .
RUN pip install --no-cache-dir -c constraints.txt ".[anomalib,yolo]"

USER iadbe
WORKDIR /home/iadbe
ENV DO_NOT_TRACK=1 PYTHONUNBUFFERED=1
VOLUME /home/iadbe/data
ENTRYPOINT ["iadbe"]
CMD ["run"]
