"""The types whose content nobody can declare again: kept when their stack goes, unless said."""

from __future__ import annotations

_NAMES = (
    "Backup::BackupVault CodeCommit::Repository Cassandra::Table Cognito::UserPool "
    "DSQL::Cluster DocDB::DBCluster DocDB::DBInstance DynamoDB::GlobalTable DynamoDB::Table "
    "EC2::Volume ECR::PublicRepository ECR::Repository EFS::FileSystem EMR::Cluster "
    "ElastiCache::CacheCluster ElastiCache::ReplicationGroup ElastiCache::ServerlessCache "
    "Elasticsearch::Domain FSx::FileSystem KMS::Key Kinesis::Stream MemoryDB::Cluster "
    "Neptune::DBCluster Neptune::DBInstance NeptuneGraph::Graph OpenSearchServerless::Collection "
    "OpenSearchService::Domain Organizations::Account QLDB::Ledger RDS::DBCluster RDS::DBInstance "
    "RDS::GlobalCluster Redshift::Cluster S3::Bucket S3Express::DirectoryBucket "
    "S3Tables::Table S3Tables::TableBucket SDB::Domain SecretsManager::Secret "
    "Timestream::Database Timestream::Table"
)
STATEFUL_TYPES = frozenset(f"AWS::{name}" for name in _NAMES.split())
"""Queues, log groups and nested stacks are not among them: what they hold passes, or has a
policy of its own."""
