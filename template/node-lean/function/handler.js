module.exports = async (event, context) => {
  const { method, path, query, body } = event;
  const answer = { method, path, query, body: Buffer.isBuffer(body) ? body.toString() : body };
  context.status(200).headers({ "content-type": "application/json" }).succeed(JSON.stringify(answer));
};
