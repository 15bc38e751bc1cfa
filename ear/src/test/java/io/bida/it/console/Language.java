package io.bida.it.console;

import java.util.Locale;

/** What a visitor's browser asks for. */
enum Language {
    ENGLISH("en-US"),
    CHINESE("zh-CN");

    private final String locale;

    Language(String locale) {
        this.locale = locale;
    }

    /** As in the Accept-Language header. */
    String locale() {
        return locale;
    }

    /** For example {@code zh}. */
    @Override
    public String toString() {
        return Locale.forLanguageTag(locale).getLanguage();
    }
}
