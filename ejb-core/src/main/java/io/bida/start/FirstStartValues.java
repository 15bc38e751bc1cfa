package io.bida.start;

import io.bida.account.AccountId;
import io.bida.account.RandomText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What the first start creates: each value set by the operator, or else left over from a first start that was cut
 * short, or else random.
 *
 * @param accountId of the one account
 * @param accessKeyId public part of its key
 * @param accessKeySecret secret part of its key
 * @param adminPassword of the console user {@code admin}
 * @param generated those of the above that the operator has not set, by their keys in {@link FirstStartFile}
 */
record FirstStartValues(
        AccountId accountId,
        String accessKeyId,
        String accessKeySecret,
        String adminPassword,
        Map<String, String> generated) {

    private static final Setting ADMIN_PASSWORD = new Setting(
            "BIDA_BOOTSTRAP_ADMIN_PASSWORD",
            "adminPassword",
            Pattern.compile("[^\\p{Cntrl}]{8,256}"),
            "8 to 256 characters",
            RandomText::password);

    private static final Setting ACCOUNT_ID = new Setting(
            "BIDA_BOOTSTRAP_ACCOUNT_ID",
            "accountId",
            Pattern.compile("[0-9]{1,32}"),
            "1 to 32 digits",
            () -> RandomText.accountId().value());

    // No colon, slash, comma or blank: the signature headers use them as separators.
    private static final Setting ACCESS_KEY_ID = new Setting(
            "BIDA_BOOTSTRAP_ACCESS_KEY_ID",
            "accessKeyId",
            Pattern.compile("[A-Za-z0-9._-]{1,128}"),
            "1 to 128 letters, digits, dots, underscores or hyphens",
            RandomText::accessKeyId);

    private static final Setting ACCESS_KEY_SECRET = new Setting(
            "BIDA_BOOTSTRAP_ACCESS_KEY_SECRET",
            "accessKeySecret",
            Pattern.compile("[\\x21-\\x7e]{8,256}"),
            "8 to 256 visible ASCII characters without blanks",
            RandomText::accessKeySecret);

    private static final List<Setting> SETTINGS = List.of(ADMIN_PASSWORD, ACCOUNT_ID, ACCESS_KEY_ID, ACCESS_KEY_SECRET);

    /** One value: where it may be set, how it is called in the file, and what it must look like. */
    private record Setting(String variable, String key, Pattern form, String formInWords, Supplier<String> random) {

        boolean isSetIn(Map<String, String> environment) {
            return !environment.getOrDefault(variable, "").isEmpty();
        }

        String valueIn(Map<String, String> environment) {
            String value = environment.getOrDefault(variable, "");
            if (!form.matcher(value).matches()) {
                throw new IllegalStateException(variable + " must be " + formInWords);
            }
            return value;
        }

        String leftOverIn(Map<String, String> file) {
            String value = file.getOrDefault(key, "");
            return form.matcher(value).matches() ? value : random.get();
        }
    }

    /**
     * Decides each value.
     *
     * @param environment environment variables; an empty one counts as not set
     * @param leftOver the content of the first-start file, if there is one
     * @throws IllegalStateException if a variable has a value of the wrong form; the text never holds the value
     */
    static FirstStartValues choose(Map<String, String> environment, Map<String, String> leftOver) {
        Map<String, String> all = new LinkedHashMap<>();
        Map<String, String> generated = new LinkedHashMap<>();
        for (Setting setting : SETTINGS) {
            if (setting.isSetIn(environment)) {
                all.put(setting.key, setting.valueIn(environment));
            } else {
                generated.put(setting.key, setting.leftOverIn(leftOver));
            }
        }
        all.putAll(generated);
        return new FirstStartValues(
                new AccountId(valueOf(ACCOUNT_ID, all)),
                valueOf(ACCESS_KEY_ID, all),
                valueOf(ACCESS_KEY_SECRET, all),
                valueOf(ADMIN_PASSWORD, all),
                generated);
    }

    private static String valueOf(Setting setting, Map<String, String> all) {
        return all.getOrDefault(setting.key, "");
    }

    @Override
    public String toString() {
        return "FirstStartValues[" + accountId + "]";
    }
}
