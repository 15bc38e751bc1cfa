package io.bida.account;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Keeps a role as its name in a plain text column; some databases would otherwise get an enum type of their own. */
@Converter
public class ConsoleRoleText implements AttributeConverter<ConsoleRole, String> {

    @Override
    public String convertToDatabaseColumn(ConsoleRole role) {
        return role.name();
    }

    @Override
    public ConsoleRole convertToEntityAttribute(String text) {
        return ConsoleRole.valueOf(text);
    }
}
