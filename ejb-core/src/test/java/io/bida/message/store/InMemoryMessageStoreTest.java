package io.bida.message.store;

class InMemoryMessageStoreTest implements MessageStoreContract {

    private final MessageStore store = new InMemoryMessageStore();

    @Override
    public MessageStore store() {
        return store;
    }
}
