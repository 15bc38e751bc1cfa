package io.bida.it.console;

/** What a visitor's browser asks for. */
enum Language {
    ENGLISH("en-US", "en"),
    CHINESE("zh-CN", "zh");

    private final String locale;
    private final String inFileName;

    Language(String locale, String inFileName) {
        this.locale = locale;
        this.inFileName = inFileName;
    }

    /** As in the Accept-Language header. */
    String locale() {
        return locale;
    }

    /** Two letters. */
    String inFileName() {
        return inFileName;
    }
}
