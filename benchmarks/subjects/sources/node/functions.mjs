// Greets, and takes orders that are checked by hand: a plain handler for AWS's Node client.

const headers = { "content-type": "application/json" };
const line = { sku: "string", quantity: "number", price_cents: "number" };
const address = { street: "string", city: "string", postcode: "string" };

class InvalidOrder extends Error {}

const check = (value, fields, where) => {
  if (typeof value !== "object" || value === null) throw new InvalidOrder(`${where}: expected object`);
  for (const [name, kind] of Object.entries(fields)) {
    const wrong = typeof value[name] !== kind || (kind === "number" && !Number.isInteger(value[name]));
    if (wrong) throw new InvalidOrder(`${where}.${name}: expected ${kind}`);
  }
};

const placed = (customer, expand, body) => {
  check(body, { reference: "string" }, "body");
  check(body.address, address, "body.address");
  if (!Array.isArray(body.items)) throw new InvalidOrder("body.items: expected array");
  if (typeof (body.gift ?? false) !== "boolean" || typeof (body.note ?? "") !== "string") {
    throw new InvalidOrder("body.gift, body.note: unexpected type");
  }
  body.items.forEach((one, number) => check(one, line, `body.items[${number}]`));
  const answer = {
    id: `${customer}/${body.reference}`,
    customer,
    lines: body.items.length,
    city: body.address.city,
  };
  if (expand === "total") {
    answer.total_cents = body.items.reduce((sum, one) => sum + one.quantity * one.price_cents, 0);
  }
  return answer;
};

export const hello = async () => ({ statusCode: 200, body: "Hello" });

export const orders = async (event) => {
  try {
    const expand = event.queryStringParameters?.expand;
    const answer = placed(event.pathParameters.customer, expand, JSON.parse(event.body));
    return { statusCode: 201, headers, body: JSON.stringify(answer) };
  } catch (error) {
    if (!(error instanceof InvalidOrder)) throw error;
    return { statusCode: 400, headers, body: JSON.stringify({ message: error.message }) };
  }
};
