package io.bida.error;

/**
 * Every error the service can answer: its name on the wire, its HTTP status and the template of its text.
 *
 * <p>Order, names, statuses and wording (with its mistakes, which clients may compare) are those of the wire
 * specification, section 4.2. Source: MNS API 2015-06-06, error codes. Codes below the line "ours" are not in that
 * table; each says why it exists.
 */
public enum ErrorCode {
    ACCESS_DENIED(
            "AccessDenied", 403, "The OwnerId that your Access Key Id associated to is forbidden for this operation."),
    INVALID_ACCESS_KEY_ID("InvalidAccessKeyId", 403, "The AccessKey Id you provided is not exist."),
    SIGNATURE_DOES_NOT_MATCH(
            "SignatureDoesNotMatch",
            403,
            "The request signature we calculated does not match the signature you provided. Check your key and signing method."),
    TIME_EXPIRED("TimeExpired", 408, "The http request you sent is expired."),
    INVALID_AUTHORIZATION_HEADER("InvalidAuthorizationHeader", 400, "The Authorization header format is invalid."),
    MISSING_AUTHORIZATION_HEADER("MissingAuthorizationHeader", 400, "Authorization header is required."),
    INVALID_DATE_HEADER("InvalidDateHeader", 400, "The Date header format is invalid."),
    MISSING_DATE_HEADER("MissingDateHeader", 400, "Date header is required."),
    MISSING_VERSION_HEADER("MissingVersionHeader", 400, "x-mns-version header is required."),
    INVALID_VERSION_HEADER("InvalidVersionHeader", 400, "The x-mns-version header is invalid."),
    INVALID_CONTENT_TYPE("InvalidContentType", 400, "The Content-Type header is invalid."),
    INVALID_DIGEST("InvalidDegist", 400, "The Content-MD5 you specified is invalid."),
    INVALID_REQUEST_URL("InvalidRequestURL", 400, "Http request URL format invalid."),
    INVALID_QUERY_STRING("InvalidQueryString", 400, "Http request URL contains invalid querystring item \"%s\"."),
    MALFORMED_XML("MalformedXML", 400, "The XML you provided was not well-formed."),
    INVALID_ARGUMENT(
            "InvalidArgument", 400, "The XML you provided did not validate against our published schema, cause by %s."),
    MISSING_RECEIPT_HANDLE("MissingReceiptHandle", 400, "ReceiptHandle is required."),
    MISSING_VISIBILITY_TIMEOUT("MissingVisibilityTimeout", 400, "VisibilityTimeout is required."),
    RECEIPT_HANDLE_ERROR("ReceiptHandleError", 400, "The receipt handle you provide is not valid."),
    MESSAGE_NOT_EXIST("MessageNotExist", 404, "Message not exist."),
    QUEUE_NOT_EXIST("QueueNotExist", 404, "The queue name you provided is not exist."),
    QUEUE_ALREADY_EXIST("QueueAlreadyExist", 409, "The queue you want to create is already exist."),
    INVALID_QUEUE_NAME(
            "InvalidQueueName",
            400,
            "The queue name you provided is invalid. QueueName should start with letter or digit and contain letters, digits and hyphens."),
    QUEUE_NAME_LENGTH_ERROR("QueueNameLengthError", 400, "Queue name length should between 1 and 256."),
    TOPIC_NOT_EXIST("TopicNotExist", 404, "The topic name you provided is not exist."),
    TOPIC_ALREADY_EXIST("TopicAlreadyExist", 409, "The topic you want to create is already exist."),
    TOPIC_NAME_LENGTH_ERROR("TopicNameLengthError", 400, "Topic name length should between 1 and 255."),
    TOPIC_NAME_INVALID(
            "TopicNameInvalid",
            400,
            "The topic name you provided is invalid. TopicName should start with letter or digit and contain letters, digits and hyphens."),
    SUBSCRIPTION_ALREADY_EXIST(
            "SubscriptionAlreadyExist", 409, "The subscription you want to create is already exist."),
    SUBSCRIPTION_NOT_EXIST("SubscriptionNotExist", 404, "The subscription name you provided is not exist."),
    SUBSCRIPTION_NAME_LENGTH_ERROR(
            "SubscriptionNameLengthError", 400, "Subscription name length should between 1 and 255."),
    SUBSCRIPTION_NAME_INVALID(
            "SubscriptionNameInvalid",
            400,
            "The subscription name you provided is invalid. SubscriptionName should start with letter or digit and contain letters, digits and hyphens."),
    ENDPOINT_INVALID("EndpointInvalid", 400, "The endpoint you provided is invalid: %s."),
    QPS_LIMIT_EXCEEDED("QpsLimitExceeded", 400, "The request rate exceeds the limit."),
    TOO_MANY_REQUESTS("TooManyRequests", 429, "Too many requests."),
    INTERNAL_ERROR("InternalError", 500, "Interal error."),

    // ours
    /** A temporary credential that is unknown or over. The specification leaves the name of this code open (2.5). */
    INVALID_SECURITY_TOKEN("InvalidSecurityToken", 403, "The security token you provided is invalid or expired."),
    /** More queues than the account may have. Named as in a client's table; the real code is unknown (6.1). */
    QUEUE_NUM_EXCEEDED_LIMIT("QueueNumExceededLimit", 400, "The number of queues exceeds the limit of %s."),
    /** More topics than the account may have; the real code is unknown, named like the one for queues. */
    TOPIC_NUM_EXCEEDED_LIMIT("TopicNumExceededLimit", 400, "The number of topics exceeds the limit of %s."),
    /** More subscriptions than the topic may have; the real code is unknown, named like the one for queues. */
    SUBSCRIPTION_NUM_EXCEEDED_LIMIT(
            "SubscriptionNumExceededLimit", 400, "The number of subscriptions exceeds the limit of %s."),
    /** A body beyond what any valid request can have; refused before it is read. */
    REQUEST_TOO_LARGE("RequestEntityTooLarge", 413, "The request body is larger than %s bytes."),
    /** A method that HTTP knows and this service does not. */
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405, "The method is not allowed for this URL."),
    /** A body in a form this service does not read. */
    UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415, "The media type or encoding of the body is not supported."),
    /** The service cannot keep its promise at this moment (disk nearly full, starting, too few copies): try again. */
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503, "The service is temporarily unavailable: %s.");

    private final String wireName;
    private final int status;
    private final String template;

    ErrorCode(String wireName, int status, String template) {
        this.wireName = wireName;
        this.status = status;
        this.template = template;
    }

    /** The content of the {@code Code} element, for example {@code QueueNotExist}. */
    public String wireName() {
        return wireName;
    }

    /** The HTTP status, 400 to 503. */
    public int status() {
        return status;
    }

    /** The text of the {@code Message} element, with {@code %s} where a fact is filled in. */
    public String template() {
        return template;
    }
}
