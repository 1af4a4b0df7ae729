# The image of a long-running service: Node.js and the service's bundles, nothing to install. The context is its dist/.
# It needs no root, no capability and no writable file system. The argument is the program, main.cjs unless it is given.
FROM node:24-alpine
ENV NODE_ENV=production
WORKDIR /app
COPY . .
USER 1000
ENTRYPOINT ["node"]
CMD ["main.cjs"]
