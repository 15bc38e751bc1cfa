package io.bida.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages say everything. */
class TextsTest {

    private static final Path ROOT = Path.of("src/main/java/io/bida/console");
    private static final String CHINESE = "_zh_CN.utf8.properties";
    private static final Pattern MESSAGE = Pattern.compile("<wicket:message key=\"([^\"]+)\"");

    static List<Path> englishTexts() throws IOException {
        return filesEndingWith(".properties").stream()
                .filter(file -> !file.toString().endsWith(CHINESE))
                .toList();
    }

    static List<Path> markup() throws IOException {
        return filesEndingWith(".html");
    }

    @ParameterizedTest
    @MethodSource("englishTexts")
    void chineseHasTheSameKeysAndPlaceholders(Path english) throws IOException {
        Path chinese = Path.of(english.toString().replace(".properties", CHINESE));

        Properties englishTexts = read(english);
        Properties chineseTexts = read(chinese);

        assertThat(chineseTexts.keySet()).isEqualTo(englishTexts.keySet());
        for (String key : englishTexts.stringPropertyNames()) {
            assertThat(chineseTexts.getProperty(key)).as(key).isNotBlank();
            assertThat(placeholders(chineseTexts.getProperty(key)))
                    .as(key)
                    .isEqualTo(placeholders(englishTexts.getProperty(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("markup")
    void everyTextInTheMarkupHasAKeyOfItsOwnPage(Path html) throws IOException {
        String page = html.toString().replace(".html", "");
        Path texts = Path.of(page + ".properties");
        Matcher message = MESSAGE.matcher(Files.readString(html));

        while (message.find()) {
            assertThat(keysReachableFrom(texts)).contains(message.group(1));
        }
    }

    private static List<String> keysReachableFrom(Path texts) throws IOException {
        // A page that extends another one gives the texts of the frame it is put into.
        Stream<String> own = Files.exists(texts) ? read(texts).stringPropertyNames().stream() : Stream.of();
        Stream<String> given = texts.endsWith("ErrorPage.properties")
                ? read(texts.resolveSibling("NotFoundPage.properties")).stringPropertyNames().stream()
                : Stream.of();
        return Stream.concat(own, given).toList();
    }

    private static List<String> placeholders(String text) {
        return Pattern.compile("\\$\\{\\w+}|\\{\\d")
                .matcher(text)
                .results()
                .map(found -> found.group())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Path> filesEndingWith(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties texts = new Properties();
        // Wicket reads .properties as ISO 8859-1, so ours are ASCII and the difference does not matter here.
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            texts.load(reader);
        }
        return texts;
    }
}
