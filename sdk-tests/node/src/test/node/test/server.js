'use strict';

// Where the server under test is, and names that no other test uses.

const { randomUUID } = require('node:crypto');

// What the names of all queues of this run begin with, and no other queue's name.
const namePrefix = `node-${randomUUID().slice(0, 8)}`;

function setting(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: the build runs these tests, see ../README.md`);
  }
  return value;
}

module.exports = {
  endpoint: setting('BIDA_IT_ENDPOINT'),
  accountId: setting('BIDA_IT_ACCOUNT_ID'),
  accessKeyId: setting('BIDA_IT_ACCESS_KEY_ID'),
  accessKeySecret: setting('BIDA_IT_ACCESS_KEY_SECRET'),
  namePrefix,
  aQueueName: (purpose) => `${namePrefix}-${purpose}-${randomUUID()}`,
};
