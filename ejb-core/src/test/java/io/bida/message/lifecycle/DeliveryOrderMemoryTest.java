package io.bida.message.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a waiting message costs: counted by walking what the order refers to, so that no collector can disturb it. */
class DeliveryOrderMemoryTest {

    private static final int LIMIT_BYTES = 50;

    private final DeliveryOrder order = new DeliveryOrder();

    @ParameterizedTest
    @ValueSource(ints = {900_000, 1_000_000, 1_348_000, 1_400_000})
    void readyMessageCostsLessThan50Bytes(int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            order.addReady(i, 1 + i % 16);
        }

        assertThat(bytesOf(order) / (double) messages).isLessThan(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {900_000, 1_000_000, 1_348_000, 1_400_000})
    void delayedMessageCostsLessThan50Bytes(int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            order.addDelayed(i, 1 + i % 16, i);
        }

        assertThat(bytesOf(order) / (double) messages).isLessThan(LIMIT_BYTES);
    }

    @Test
    void messagesThatAllCameBackCostNoMoreThanReadyOnes() throws Exception {
        int messages = 1_000_000;
        order.addReady(messages, 8);
        for (int i = 0; i < messages; i++) {
            order.addDelayed(i, 8, i);
        }

        order.advance(messages);

        assertThat(bytesOf(order) / (double) messages).isLessThan(13);
    }

    @Test
    void peekingCostsTheSameHoweverManyMessagesCameBack() {
        int messages = 1_000_000;
        order.addReady(messages, 8);
        for (int i = 0; i < messages; i++) {
            order.addReady(messages - 1 - i, 8);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        order.peekBest(16, (position, priority) -> {});

        long before = threads.getCurrentThreadAllocatedBytes();
        order.peekBest(16, (position, priority) -> {});

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    }

    private static long bytesOf(Object root) throws IllegalAccessException {
        return bytesOf(root, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static long bytesOf(Object object, Set<Object> seen) throws IllegalAccessException {
        if (!seen.add(object)) {
            return 0;
        }
        Class<?> type = object.getClass();
        if (type.isArray()) {
            return bytesOfArray(object, seen);
        }
        long bytes = 16;
        if (object instanceof Collection<?> collection) {
            for (Object element : collection) {
                bytes += 2 * Long.BYTES + bytesOf(element, seen);
            }
            return bytes;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                bytes += Long.BYTES;
                field.setAccessible(true);
                Object value = field.getType().isPrimitive() ? null : field.get(object);
                bytes += value == null ? 0 : bytesOf(value, seen);
            }
        }
        return bytes;
    }

    private static long bytesOfArray(Object array, Set<Object> seen) throws IllegalAccessException {
        int length = Array.getLength(array);
        if (array instanceof long[]) {
            return 16 + (long) Long.BYTES * length;
        }
        if (array instanceof int[]) {
            return 16 + (long) Integer.BYTES * length;
        }
        if (array instanceof byte[]) {
            return 16 + (long) length;
        }
        long bytes = 16 + (long) Long.BYTES * length;
        for (Object element : (Object[]) array) {
            bytes += element == null ? 0 : bytesOf(element, seen);
        }
        return bytes;
    }
}
