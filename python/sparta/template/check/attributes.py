"""The return values (Fn::GetAtt) of the types that applications use most.

Of a type that stands here every return value does; a type that doesn't is not judged. A test
compares the table with the resource schemas that cfn-lint carries.
Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/introduction.html
"""

from __future__ import annotations

_NAMES = {
    "AWS::ApiGatewayV2::Api": "ApiEndpoint ApiId ExecuteApiArn",
    "AWS::ApiGatewayV2::Integration": "IntegrationId",
    "AWS::ApiGatewayV2::Route": "RouteId",
    "AWS::ApiGatewayV2::Stage": "",
    "AWS::CloudWatch::Alarm": "Arn",
    "AWS::DynamoDB::Table": "Arn StreamArn",
    "AWS::Events::Rule": "Arn RuleName",
    "AWS::IAM::Role": "Arn RoleId",
    "AWS::KMS::Key": "Arn KeyId",
    "AWS::Kinesis::Stream": "Arn WarmThroughputObject",
    "AWS::Lambda::EventSourceMapping": "EventSourceMappingArn Id",
    "AWS::Lambda::Function": (
        "Arn SnapStartResponse SnapStartResponse.ApplyOn SnapStartResponse.OptimizationStatus"
    ),
    "AWS::Lambda::Permission": "Id",
    "AWS::Logs::LogGroup": "Arn",
    "AWS::S3::Bucket": (
        "Arn DomainName DualStackDomainName "
        "MetadataConfiguration.AnnotationTableConfiguration.TableArn "
        "MetadataConfiguration.AnnotationTableConfiguration.TableName "
        "MetadataConfiguration.Destination "
        "MetadataConfiguration.InventoryTableConfiguration.TableArn "
        "MetadataConfiguration.InventoryTableConfiguration.TableName "
        "MetadataConfiguration.JournalTableConfiguration.TableArn "
        "MetadataConfiguration.JournalTableConfiguration.TableName "
        "MetadataTableConfiguration.S3TablesDestination.TableArn "
        "MetadataTableConfiguration.S3TablesDestination.TableNamespace RegionalDomainName "
        "WebsiteURL"
    ),
    "AWS::SNS::Subscription": "Arn",
    "AWS::SNS::Topic": (
        "ContentBasedDeduplication DeliveryStatusLogging DisplayName FifoThroughputScope "
        "FifoTopic KmsMasterKeyId MaximumMessageSize SignatureVersion Subscription Tags "
        "TopicArn TopicName TracingConfig"
    ),
    "AWS::SQS::Queue": (
        "Arn ContentBasedDeduplication DeduplicationScope DelaySeconds FifoQueue "
        "FifoThroughputLimit KmsDataKeyReusePeriodSeconds KmsMasterKeyId "
        "MaximumMessageSize MessageRetentionPeriod QueueName QueueUrl "
        "ReceiveMessageWaitTimeSeconds RedrivePolicy.deadLetterTargetArn "
        "RedrivePolicy.maxReceiveCount SqsManagedSseEnabled Tags VisibilityTimeout"
    ),
    "AWS::SSM::Parameter": "AllowedPattern Arn DataType Description Name Policies Tier Type Value",
    "AWS::Scheduler::Schedule": "Arn",
    "AWS::SecretsManager::Secret": "Id",
    "AWS::StepFunctions::StateMachine": "Arn Name StateMachineRevisionId",
}

RETURN_VALUES = {kind: frozenset(names.split()) for kind, names in _NAMES.items()}
"""Attribute names by resource type."""
