/**
 * The XML of the wire: one class per document, with its mapping to the core's types.
 *
 * <p>Element names are spelled here and nowhere else. Reading is a loop over {@link io.bida.api.xml.XMLReader}, writing
 * is straight into bytes with {@link io.bida.api.xml.XMLWriter}; nothing is found by reflection. Source: wire
 * specification 3, API 2015-06-06. Start reading at {@link io.bida.api.xml.MessageDocument}.
 */
@org.jspecify.annotations.NullMarked
package io.bida.api.xml;
