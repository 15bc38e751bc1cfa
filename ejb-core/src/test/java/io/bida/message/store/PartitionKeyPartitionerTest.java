package io.bida.message.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.infinispan.commons.marshall.WrappedByteArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionKeyPartitionerTest {

    private final PartitionKeyPartitioner partitioner = new PartitionKeyPartitioner(256);

    @Test
    void allBundlesOfAPartitionAreInOneSegmentHoweverTheirKeyIsWrapped() {
        byte[] key = new BundleKey(7, 3, 1).bytes();
        byte[] later = new BundleKey(7, 3, 99).bytes();

        assertThat(partitioner.getSegment(later)).isEqualTo(partitioner.getSegment(key));
        assertThat(partitioner.getSegment(new WrappedByteArray(key))).isEqualTo(partitioner.getSegment(key));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 255})
    void aSegmentThatInfinispanKnowsAlreadyIsLeftAsItIs(int segment) {
        assertThat(partitioner.getSegment(segment)).isEqualTo(segment);
    }
}
