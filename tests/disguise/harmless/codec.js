// Frames of a protocol: numbers and texts to bytes and back.
const encode = (type, body) => {
  const raw = Buffer.from(JSON.stringify(body), 'utf8');
  const head = Buffer.alloc(5);
  head.writeUInt8(type, 0);
  head.writeUInt32BE(raw.length, 1);
  return Buffer.concat([head, raw]);
};

function decode(frame) {
  const [type, size] = [frame.readUInt8(0), frame.readUInt32BE(1)];
  const body = JSON.parse(frame.subarray(5, 5 + size).toString());
  return { type, body };
}

const hex = (data) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');
console.log(decode(encode(1, { a: 1 })), hex(encode(2, {})), atob(btoa('plain')));
