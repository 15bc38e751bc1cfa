/** The actions on accounts. */
@org.jspecify.annotations.NullMarked
package io.bida.api.account;
