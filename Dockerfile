# newslint in a container, built from a checkout:
#
#     docker build --tag newslint .
#     docker run --rm --volume "$PWD:/archive:ro" newslint
#
# The first stage installs newslint; the second contains the installed files and nothing else.

ARG PYTHON=3.13-slim

FROM python:${PYTHON} AS build
WORKDIR /build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_QUIET=1
COPY requirements/constraints-hashed.txt ./
RUN python -m venv /opt/newslint \
    && sed -n '/^pip==/,/[^\\]$/p' constraints-hashed.txt > pip.txt \
    && /opt/newslint/bin/python -m pip install --require-hashes --requirement pip.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
# The checkout itself has no hash: it is installed without dependencies, then they follow, with hashes.
RUN /opt/newslint/bin/python -m pip install --no-deps \
        --build-constraint constraints-hashed.txt . \
    && /opt/newslint/bin/python -c 'import importlib.metadata as m; \
        print(*m.requires("newslint"), sep="\n")' > dependencies.txt \
    && /opt/newslint/bin/python -m pip install --require-hashes \
        --constraint constraints-hashed.txt --requirement dependencies.txt \
    && /opt/newslint/bin/newslint --version

FROM python:${PYTHON}
LABEL org.opencontainers.image.title="newslint" \
      org.opencontainers.image.description="The linter for news archives kept as text files" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/newslint /opt/newslint
ENV PATH="/opt/newslint/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1
# A numeric user lets Kubernetes verify that it is not root.
USER 10001:10001
WORKDIR /archive
ENTRYPOINT ["newslint"]
CMD ["check"]
