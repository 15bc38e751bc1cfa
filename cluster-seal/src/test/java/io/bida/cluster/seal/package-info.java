@NullMarked
package io.bida.cluster.seal;

import org.jspecify.annotations.NullMarked;
