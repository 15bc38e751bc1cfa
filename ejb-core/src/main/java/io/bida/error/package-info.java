/**
 * The table of error codes and the exception every refusal is thrown as.
 *
 * <p>Depends on nothing else here. An exception that states a fact of one feature lives in that feature's package and
 * extends {@link io.bida.error.ServiceException}. Start reading at {@link io.bida.error.ErrorCode}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.error;
