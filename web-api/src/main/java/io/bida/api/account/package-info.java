/** The URLs of an account and of opening the service: {@code /} and {@code /commonbuy/openservice}. */
@org.jspecify.annotations.NullMarked
package io.bida.api.account;
