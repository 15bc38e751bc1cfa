package io.bida.console;

import java.util.Locale;
import java.util.Optional;

/** The two languages the console speaks, each with its own name for itself. */
public enum Language {
    ENGLISH("en", "English", Locale.ENGLISH),
    SIMPLIFIED_CHINESE("zh-CN", "中文", Locale.SIMPLIFIED_CHINESE);

    private final String tag;
    private final String ownName;
    private final Locale locale;

    Language(String tag, String ownName, Locale locale) {
        this.tag = tag;
        this.ownName = ownName;
        this.locale = locale;
    }

    /** As in the {@code lang} attribute and in the cookie that keeps the choice. */
    public String tag() {
        return tag;
    }

    /** How its speakers call it. */
    public String ownName() {
        return ownName;
    }

    /** What numbers, dates and texts are made for. */
    public Locale locale() {
        return locale;
    }

    /** The one a person can switch to. */
    public Language other() {
        return this == ENGLISH ? SIMPLIFIED_CHINESE : ENGLISH;
    }

    /** The one with this tag. */
    public static Optional<Language> findByTag(String tag) {
        for (Language language : values()) {
            if (language.tag.equals(tag)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /**
     * The one nearest to what a browser asks for: any Chinese is answered in Simplified Chinese, all else in English.
     */
    public static Language nearest(Locale wanted) {
        return wanted.getLanguage().equals("zh") ? SIMPLIFIED_CHINESE : ENGLISH;
    }
}
