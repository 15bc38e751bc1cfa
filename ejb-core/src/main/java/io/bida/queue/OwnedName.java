package io.bida.queue;

/**
 * What a named thing of the catalogue is found by: its owner and its name. All things of one owner are neighbours, in
 * the order of their names.
 *
 * @param owner the account's number, or of a subscription the topic's
 * @param name a name, or any text that a listing begins with
 */
public record OwnedName(String owner, String name) implements Comparable<OwnedName> {

    @Override
    public int compareTo(OwnedName other) {
        int byOwner = owner.compareTo(other.owner);
        return byOwner != 0 ? byOwner : name.compareTo(other.name);
    }
}
