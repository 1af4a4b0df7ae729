/** A second call inside the body of the first one. A server that treats it as a separate call is vulnerable to request smuggling. */
export const inner = "GET /function/mirror/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

const post = "POST /function/mirror HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
const chunked = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
/** Read as chunked, the body is empty and the second call follows. */
const emptyChunked = `0\r\n\r\n${inner}`;
const length = (value: string) => `${post}Content-Length${value}\r\n\r\n${inner}`;
const coding = (value: string, body = emptyChunked) => `${post}Transfer-Encoding${value}\r\n\r\n${body}`;
const both = (value: string) =>
  `${post}Content-Length: ${inner.length}\r\nTransfer-Encoding${value}\r\n\r\n${inner}`;

/** Bytes that two servers may parse as different calls. */
export const ambiguous: readonly (readonly [description: string, bytes: string])[] = [
  ["a length and a chunked body", both(": chunked")],
  ["a chunked body and a length", coding(`: chunked\r\nContent-Length: 4`, chunked)],
  ["two lengths", length(`: 0\r\nContent-Length: ${inner.length}`)],
  ["one length twice", length(`: ${inner.length}\r\nContent-Length: ${inner.length}`)],
  ["a list of lengths", length(`: 0, ${inner.length}`)],
  ["a length with a sign", length(": +0")],
  ["a hexadecimal length", length(": 0x0")],
  ["a blank before the colon of a length", length(" : 0")],
  ["an unknown coding", coding(": xchunked")],
  ["a coding after chunked", coding(": chunked, identity")],
  ["the coding identity", coding(": identity")],
  ["a quoted coding", both(': "chunked"')],
  ["a blank before the colon of a coding", coding(" : chunked")],
  ["a vertical tab before a coding", both(": \x0bchunked")],
  ["two codings", coding(": chunked\r\nTransfer-Encoding: x")],
  ["a coding on the next line", coding(":\r\n chunked")],
  ["a header name with a byte beyond ASCII", both("\x80: chunked")],
  [
    "a bare LF between headers",
    `${post}X: y\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n${emptyChunked}`,
  ],
  [
    "a bare CR between headers",
    `${post}X: y\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n${emptyChunked}`,
  ],
  ["bare LFs only", `POST /function/mirror HTTP/1.1\nHost: x\nContent-Length: 0\n\n${inner}`],
  ["a NUL in a header", `${post}X: y\0z\r\nContent-Length: 0\r\n\r\n${inner}`],
  ["an escape sequence in a header", `${post}X-Call-Id: a\x1b[31mb\r\nContent-Length: 0\r\n\r\n${inner}`],
  ["a blank in the path", "GET /function/mirror/a b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
  ["no host", "GET /function/mirror HTTP/1.1\r\nConnection: close\r\n\r\n"],
];

/** Invalid chunks, which arrive after the call has started. */
export const brokenChunks: readonly (readonly [description: string, bytes: string])[] = [
  ["a chunk that ends with a bare LF", coding(": chunked", `1\nx\n0\r\n\r\n${inner}`)],
  ["a bare LF in a chunk's extension", coding(": chunked", `1;a\nb\r\nx\r\n0\r\n\r\n${inner}`)],
  ["a negative chunk", coding(": chunked", `-1\r\nx\r\n0\r\n\r\n${inner}`)],
  ["a chunk whose size begins with 0x", coding(": chunked", `0x1\r\nx\r\n0\r\n\r\n${inner}`)],
  ["a chunk beyond 2^64", coding(": chunked", `10000000000000001\r\nx\r\n0\r\n\r\n${inner}`)],
];

/** Unambiguous calls with the second call in their body. */
export const completeRequests: readonly (readonly [description: string, bytes: string])[] = [
  ["a length", length(`: ${inner.length}`)],
  ["a chunked body", coding(": chunked", chunked)],
  ["a tab before a coding", coding(":\tchunked", chunked)],
  ["a coding within the chunks, which is passed on as it is", coding(": gzip, chunked", chunked)],
  ["a chunk's extension", coding(": chunked", chunked.replace("\r\n", ";a=b\r\n"))],
  ["a trailer", coding(": chunked", chunked.replace(/\r\n$/, "X-Call-Id: trailed\r\n\r\n"))],
  ["a body of a GET", length(`: ${inner.length}`).replace("POST", "GET")],
];
