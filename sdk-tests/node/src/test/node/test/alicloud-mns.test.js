'use strict';

// @alicloud/mns, the vendor's library. It hands bodies over as they are, and makes an error named MNS<Code>Error of a refusal.

const { createHash } = require('node:crypto');
const assert = require('node:assert/strict');
const { after, test } = require('node:test');
const Client = require('@alicloud/mns');
const server = require('./server');

const client = clientWith({});

after(async () => {
  const { body: queues } = await client.listQueue(undefined, 1000, server.namePrefix);
  await Promise.all(queues.map((queue) => client.deleteQueue(queue.QueueURL.split('/').pop())));
});

function clientWith(options) {
  return new Client(server.accountId, {
    accessKeyId: server.accessKeyId,
    accessKeySecret: server.accessKeySecret,
    endpoint: server.endpoint,
    ...options,
  });
}

async function aQueue(purpose, attributes) {
  const name = server.aQueueName(purpose);
  await client.createQueue(name, attributes);
  return name;
}

function md5Of(text) {
  return createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}

function refusedWith(code) {
  return { name: `MNS${code}Error` };
}

test('a queue is created, created again, and refused with other attributes', async () => {
  const name = server.aQueueName('create');

  const created = await client.createQueue(name, { VisibilityTimeout: 45 });
  const again = await client.createQueue(name, { VisibilityTimeout: 45 });

  assert.equal(created.code, 201);
  assert.ok(created.headers.location.endsWith(`/queues/${name}`));
  assert.equal(again.code, 204);
  await assert.rejects(client.createQueue(name, { VisibilityTimeout: 46 }), refusedWith('QueueAlreadyExist'));
});

test('attributes are read and changed', async () => {
  const name = await aQueue('attributes', { DelaySeconds: 5, LoggingEnabled: true });

  const changed = await client.setQueueAttributes(name, { PollingWaitSeconds: 3 });
  const { code, body } = await client.getQueueAttributes(name);

  assert.equal(changed.code, 204);
  assert.equal(code, 200);
  assert.equal(body.QueueName, name);
  assert.equal(body.DelaySeconds, '5');
  assert.equal(body.PollingWaitSeconds, '3');
  assert.equal(body.VisibilityTimeout, '30');
  assert.equal(body.LoggingEnabled, 'True');
  assert.equal(body.ActiveMessages, '0');
});

test('a deleted queue is gone', async () => {
  const name = await aQueue('delete');

  const deleted = await client.deleteQueue(name);

  assert.equal(deleted.code, 204);
  await assert.rejects(client.getQueueAttributes(name), refusedWith('QueueNotExist'));
});

test('queues are listed by prefix', async () => {
  const prefix = server.aQueueName('list');
  await client.createQueue(`${prefix}-a`);
  await client.createQueue(`${prefix}-b`);

  const { code, body } = await client.listQueue(undefined, 10, prefix);

  assert.equal(code, 200);
  assert.deepEqual(body.map((queue) => queue.QueueURL.split('/').pop()), [`${prefix}-a`, `${prefix}-b`]);
});

test('an empty marker is where a list begins', async () => {
  const name = await aQueue('empty-marker');

  const { body } = await client.listQueue('', 10, name);

  assert.deepEqual(body.map((queue) => queue.QueueURL.split('/').pop()), [name]);
});

for (const body of ['hello', '必达：消息一定会到达', 'a rocket 🚀', 'PGhlbGxvPg==', '1 &lt; 2 &amp;&amp; 3 &gt; 2']) {
  test(`a message goes through its life: ${body}`, async () => {
    const name = await aQueue('life');
    const text = body.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

    const sent = await client.sendMessage(name, { MessageBody: body, DelaySeconds: 0, Priority: 8 });
    const received = await client.receiveMessage(name, 10);
    const deleted = await client.deleteMessage(name, received.body.ReceiptHandle);

    assert.equal(sent.code, 201);
    assert.equal(sent.body.MessageBodyMD5, md5Of(text));
    assert.equal(received.code, 200);
    assert.equal(received.body.MessageBody, text);
    assert.equal(received.body.MessageId, sent.body.MessageId);
    assert.equal(received.body.MessageBodyMD5, sent.body.MessageBodyMD5);
    assert.equal(received.body.DequeueCount, '1');
    assert.equal(deleted.code, 204);
    await assert.rejects(client.receiveMessage(name), refusedWith('MessageNotExist'));
  });
}

test('priority one comes before priority sixteen', async () => {
  const name = await aQueue('priority');
  await client.sendMessage(name, { MessageBody: 'last', Priority: 16 });
  await client.sendMessage(name, { MessageBody: 'first', Priority: 1 });

  const first = await client.receiveMessage(name, 10);
  const second = await client.receiveMessage(name, 10);

  assert.deepEqual([first.body.MessageBody, second.body.MessageBody], ['first', 'last']);
});

test('a delayed message comes when it is due', async () => {
  const name = await aQueue('delayed');
  const sent = await client.sendMessage(name, { MessageBody: 'later', DelaySeconds: 2 });

  await assert.rejects(client.receiveMessage(name), refusedWith('MessageNotExist'));
  const received = await client.receiveMessage(name, 10);

  assert.ok(sent.body.ReceiptHandle);
  assert.equal(received.body.MessageId, sent.body.MessageId);
  assert.ok(Number(received.body.FirstDequeueTime) >= Number(received.body.EnqueueTime) + 2000);
});

test('a batch is sent, peeked at, received and deleted', async () => {
  const name = await aQueue('batch');
  const bodies = Array.from({ length: 16 }, (_, i) => `message ${i}`);

  const sent = await client.batchSendMessage(name, bodies.map((body) => ({ MessageBody: body })));
  const peeked = await client.batchPeekMessage(name, 16);
  const received = await client.batchReceiveMessage(name, 16, 10);
  const deleted = await client.batchDeleteMessage(name, received.body.map((message) => message.ReceiptHandle));

  assert.equal(sent.code, 201);
  assert.equal(sent.body.length, 16);
  assert.deepEqual(peeked.body.map((message) => message.MessageBody), bodies);
  assert.ok(peeked.body.every((message) => message.DequeueCount === '0'));
  assert.deepEqual(received.body.map((message) => message.MessageBody), bodies);
  assert.deepEqual(received.body.map((message) => message.MessageId), sent.body.map((message) => message.MessageId));
  assert.equal(deleted.code, 204);
  await assert.rejects(client.peekMessage(name), refusedWith('MessageNotExist'));
});

test('a batch delete names the handles it could not delete', async () => {
  const name = await aQueue('partial');
  await client.sendMessage(name, { MessageBody: 'deleted' });
  const { body } = await client.receiveMessage(name, 10);

  const deleted = await client.batchDeleteMessage(name, [body.ReceiptHandle, '1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==']);
  const attributes = await client.getQueueAttributes(name);

  assert.equal(deleted.code, 404);
  assert.equal(deleted.body.length, 1);
  assert.equal(deleted.body[0].ErrorCode, 'ReceiptHandleError');
  assert.equal(deleted.body[0].ReceiptHandle, '1-ODU4OTkzNDU5My0xNDM1MTk3NjAwLTItNg==');
  assert.equal(attributes.body.InactiveMessages, '0');
});

test('a peek has no effect', async () => {
  const name = await aQueue('peek');
  await client.sendMessage(name, { MessageBody: 'seen' });

  const peeked = await client.peekMessage(name);
  const received = await client.receiveMessage(name, 10);

  assert.equal(peeked.body.DequeueCount, '0');
  assert.equal(peeked.body.FirstDequeueTime, peeked.body.EnqueueTime);
  assert.equal(peeked.body.ReceiptHandle, undefined);
  assert.equal(received.body.DequeueCount, '1');
});

test('a changed visibility gives a new handle, and the old one still deletes', async () => {
  const name = await aQueue('visibility');
  await client.sendMessage(name, { MessageBody: 'hidden longer' });
  const { body } = await client.receiveMessage(name, 10);

  const changed = await client.changeMessageVisibility(name, body.ReceiptHandle, 300);
  const deleted = await client.deleteMessage(name, body.ReceiptHandle);

  assert.equal(changed.code, 200);
  assert.notEqual(changed.body.ReceiptHandle, body.ReceiptHandle);
  assert.ok(Number(changed.body.NextVisibleTime) > Number(body.NextVisibleTime));
  assert.equal(deleted.code, 204);
});

test('a waiting receive is woken by a send', async () => {
  const name = await aQueue('woken');
  const startedAt = performance.now();

  const waiting = client.receiveMessage(name, 20);
  setTimeout(() => client.sendMessage(name, { MessageBody: 'wake up' }), 1000);
  const received = await waiting;

  assert.equal(received.body.MessageBody, 'wake up');
  assert.ok(performance.now() - startedAt < 10_000);
});

test('a waiting receive that gets nothing ends after its wait', async () => {
  const name = await aQueue('ends');
  const startedAt = performance.now();

  await assert.rejects(client.receiveMessage(name, 2), refusedWith('MessageNotExist'));

  assert.ok(performance.now() - startedAt >= 2000);
});

test('calls on a missing queue are refused', async () => {
  const missing = server.aQueueName('missing');

  await assert.rejects(client.sendMessage(missing, { MessageBody: 'x' }), refusedWith('QueueNotExist'));
  await assert.rejects(client.receiveMessage(missing), refusedWith('QueueNotExist'));
  await assert.rejects(client.batchReceiveMessage(missing, 16, 1), refusedWith('QueueNotExist'));
  await assert.rejects(client.peekMessage(missing), refusedWith('QueueNotExist'));
});

test('a body that is not well-formed XML is refused', async () => {
  const name = await aQueue('malformed');

  await assert.rejects(client.sendMessage(name, { MessageBody: '1 < 2' }), refusedWith('MalformedXML'));
});

test('a wrong secret, an unknown key: refused', async () => {
  await assert.rejects(
    clientWith({ accessKeySecret: 'not the secret' }).listQueue(),
    refusedWith('SignatureDoesNotMatch'));
  await assert.rejects(
    clientWith({ accessKeyId: 'NoSuchAccessKey' }).listQueue(),
    refusedWith('InvalidAccessKeyId'));
});
