'use strict';

// ali-mns, a library by third parties. It knows only the host names of the real service and always encodes bodies in base64. With
// the server as its HTTP proxy every request arrives here unchanged, in absolute form and with the account in the host name.

const server = require('./server');

process.env.HTTP_PROXY = server.endpoint;
process.env.http_proxy = server.endpoint;
delete process.env.NO_PROXY;
delete process.env.no_proxy;

const assert = require('node:assert/strict');
const { after, test } = require('node:test');
const AliMNS = require('ali-mns');

const account = accountWith(server.accountId, server.accessKeyId, server.accessKeySecret);
const mns = new AliMNS.MNS(account, 'hangzhou');

after(async () => {
  const { Queues: { Queue: queues } } = await mns.listP(server.namePrefix, 1000);
  await Promise.all(queues.map((queue) => mns.deleteP(queue.QueueURL.split('/').pop())));
});

function accountWith(accountId, accessKeyId, accessKeySecret) {
  const made = new AliMNS.Account(accountId, accessKeyId, accessKeySecret);
  made.setGA(false);
  return made;
}

async function aQueue(purpose, attributes) {
  const name = server.aQueueName(purpose);
  await mns.createP(name, attributes);
  return new AliMNS.MQ(name, account, 'hangzhou');
}

// The library's class for batches. It gives no promise for the deletion of one message.
async function aBatchQueue(purpose) {
  return new AliMNS.MQBatch((await aQueue(purpose)).getName(), account, 'hangzhou');
}

// The library rejects with the parsed error document.
function refusedWith(code) {
  return (refusal) => {
    assert.equal(refusal?.Error?.Code, code, JSON.stringify(refusal));
    assert.match(refusal.Error.RequestId, /^[0-9A-F]{24}$/);
    return true;
  };
}

test('a queue is created, created again, and refused with other attributes', async () => {
  const name = server.aQueueName('create');

  const created = await mns.createP(name, { VisibilityTimeout: 45 });
  const again = await mns.createP(name, { VisibilityTimeout: 45 });

  assert.equal(created, 201);
  assert.equal(again, 204);
  await assert.rejects(mns.createP(name, { VisibilityTimeout: 46 }), refusedWith('QueueAlreadyExist'));
});

test('a queue is created without attributes', async () => {
  const queue = await aQueue('defaults');

  const { Queue: attributes } = await queue.getAttrsP();

  assert.equal(attributes.QueueName, queue.getName());
  assert.equal(attributes.VisibilityTimeout, '30');
  assert.equal(attributes.MaximumMessageSize, '65536');
});

test('attributes are changed', async () => {
  const queue = await aQueue('attributes', { DelaySeconds: 5 });

  const changed = await queue.setAttrsP({ PollingWaitSeconds: 3 });
  const { Queue: attributes } = await queue.getAttrsP();

  assert.equal(changed, 204);
  assert.equal(attributes.DelaySeconds, '5');
  assert.equal(attributes.PollingWaitSeconds, '3');
});

test('queues are listed page by page', async () => {
  const prefix = server.aQueueName('list');
  await mns.createP(`${prefix}-a`);
  await mns.createP(`${prefix}-b`);

  const first = await mns.listP(prefix, 1);
  const second = await mns.listP(prefix, 1, first.Queues.NextMarker);

  assert.ok(first.Queues.Queue.QueueURL.endsWith(`/queues/${prefix}-a`));
  assert.ok(second.Queues.Queue.QueueURL.endsWith(`/queues/${prefix}-b`));
  assert.equal(second.Queues.NextMarker, undefined);
});

for (const body of ['hello', '必达：消息一定会到达', 'a rocket 🚀', '<a href="x">1 < 2 && 3 > 2</a>\r\n']) {
  test(`a message goes through its life: ${JSON.stringify(body)}`, async () => {
    const queue = await aQueue('life');

    const { Message: sent } = await queue.sendP(body);
    const { Message: received } = await queue.recvP(10);
    const deleted = await queue.deleteP(received.ReceiptHandle);

    assert.equal(received.MessageBody, body);
    assert.equal(received.MessageId, sent.MessageId);
    assert.equal(received.MessageBodyMD5, sent.MessageBodyMD5);
    assert.equal(deleted, 204);
    await assert.rejects(queue.recvP(0), refusedWith('MessageNotExist'));
  });
}

test('a batch is sent, peeked at, received and deleted in the order of priority', async () => {
  const queue = await aBatchQueue('batch');
  const messages = [new AliMNS.Msg('c', 16), new AliMNS.Msg('b', 8), new AliMNS.Msg('a', 1)];

  const sent = await queue.sendP(messages);
  const peeked = await queue.peekP(16);
  const received = await queue.recvP(10, 16);
  const deleted = await queue.deleteP(received.Messages.Message.map((message) => message.ReceiptHandle));

  assert.equal(sent.Messages.Message.length, 3);
  assert.deepEqual(peeked.Messages.Message.map((message) => message.MessageBody), ['a', 'b', 'c']);
  assert.deepEqual(received.Messages.Message.map((message) => message.MessageBody), ['a', 'b', 'c']);
  assert.equal(deleted, 204);
});

test('a batch delete names the handles it could not delete', async () => {
  const queue = await aBatchQueue('partial');
  await queue.sendP('deleted');
  const { Message: received } = await queue.recvP(10, 1);

  await assert.rejects(queue.deleteP([received.ReceiptHandle, 'nonsense']), (refusal) => {
    assert.equal(refusal.Errors.Error.ErrorCode, 'ReceiptHandleError');
    assert.equal(refusal.Errors.Error.ReceiptHandle, 'nonsense');
    return true;
  });

  const { Queue: attributes } = await queue.getAttrsP();
  assert.equal(attributes.InactiveMessages, '0');
});

test('a delayed message comes when it is due', async () => {
  const queue = await aQueue('delayed');
  await queue.sendP('later', 8, 2);

  await assert.rejects(queue.recvP(0), refusedWith('MessageNotExist'));
  const { Message: received } = await queue.recvP(10);

  assert.ok(Number(received.FirstDequeueTime) >= Number(received.EnqueueTime) + 2000);
});

test('a message is reserved for longer', async () => {
  const queue = await aQueue('reserve');
  await queue.sendP('hidden longer');
  const { Message: received } = await queue.recvP(10);

  const { ChangeVisibility: reserved } = await queue.reserveP(received.ReceiptHandle, 300);

  assert.notEqual(reserved.ReceiptHandle, received.ReceiptHandle);
  assert.ok(Number(reserved.NextVisibleTime) > Number(received.NextVisibleTime));
});

test('notified messages arrive one after the other and are deleted', async () => {
  const queue = await aQueue('notify');
  const arrived = [];

  await new Promise((resolve, reject) => {
    queue.notifyRecv((refusal, message) => {
      if (refusal) {
        reject(refusal);
        return false;
      }
      arrived.push(message.Message.MessageBody);
      if (arrived.length === 2) {
        queue.notifyStopP().then(resolve, reject);
      }
      return true;
    }, 1);
    queue.sendP('one').then(() => queue.sendP('two')).then(null, reject);
  });

  assert.deepEqual(arrived, ['one', 'two']);
});

test('calls on a missing queue are refused', async () => {
  const missing = new AliMNS.MQ(server.aQueueName('missing'), account, 'hangzhou');

  await assert.rejects(missing.sendP('x'), refusedWith('QueueNotExist'));
  await assert.rejects(missing.recvP(0), refusedWith('QueueNotExist'));
  await assert.rejects(missing.getAttrsP(), refusedWith('QueueNotExist'));
});

test('a wrong secret, another account: refused', async () => {
  const wrongSecret = accountWith(server.accountId, server.accessKeyId, 'not the secret');
  const another = accountWith('9999999999999999', server.accessKeyId, server.accessKeySecret);

  await assert.rejects(new AliMNS.MNS(wrongSecret, 'hangzhou').listP(), refusedWith('SignatureDoesNotMatch'));
  await assert.rejects(new AliMNS.MNS(another, 'hangzhou').listP(), refusedWith('AccessDenied'));
});
