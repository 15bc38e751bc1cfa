/** How answers are made and by whom they are sent. */
@org.jspecify.annotations.NullMarked
package io.bida.api.answer;
